//! Words of the AWS API that tables and scenarios share, spelt as AWS spells them.

/// Declares an enum of fixed words: serde names, `as_str`, `ALL`, and the shape that error messages use.
macro_rules! words {
    ($(#[$meta:meta])* $name:ident { $($(#[$vmeta:meta])* $variant:ident = $text:literal),+ $(,)? }) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
        #[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
        pub enum $name {
            $($(#[$vmeta])* #[serde(rename = $text)] $variant),+
        }

        impl $name {
            /// Every value, in the order of the documentation.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The word as AWS (or this project's contract) spells it.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $text),+ }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.as_str())
            }
        }

        impl $crate::catalog::printed::Printed for $name {
            fn cell(&self) -> $crate::catalog::Cell {
                $crate::catalog::Cell::Text(self.as_str())
            }
        }

        impl $crate::shape::Node for $name {
            fn view(&self) -> $crate::shape::View<'_> {
                $crate::shape::View::Text(self.as_str())
            }

            fn read(&mut self, tree: Option<&serde_json::Value>) -> bool {
                let word = tree.and_then(serde_json::Value::as_str);
                let found = Self::ALL.iter().find(|it| Some(it.as_str()) == word);
                found.map(|it| *self = *it).is_some()
            }
        }

        impl $crate::shape::Shaped for $name {
            const SHAPE: $crate::shape::Shape =
                $crate::shape::Shape::Word(&[$($text),+]);
            const EMPTY: Self = Self::ALL[0];
        }
    };
}
pub(crate) use words;

words! {
    /// Deployment type of a file system.
    DeploymentType {
        /// First generation, no copies of the data.
        Scratch1 = "SCRATCH_1",
        /// Second generation, no copies of the data.
        Scratch2 = "SCRATCH_2",
        /// First persistent generation: data copied within the zone.
        Persistent1 = "PERSISTENT_1",
        /// Second persistent generation: more throughput, metadata configuration, EFA.
        Persistent2 = "PERSISTENT_2",
    }
}

words! {
    /// Storage class of a file system.
    StorageType {
        /// Solid state.
        Ssd = "SSD",
        /// Hard disk, with or without an SSD read cache.
        Hdd = "HDD",
        /// Elastic storage in tiers behind an optional SSD read cache.
        IntelligentTiering = "INTELLIGENT_TIERING",
    }
}

words! {
    /// Network interface a client reaches the file system through.
    Interface {
        /// Elastic Network Adapter: TCP.
        Ena = "ENA",
        /// ENA Express: TCP over SRD.
        EnaExpress = "ENA_EXPRESS",
        /// Elastic Fabric Adapter.
        Efa = "EFA",
        /// EFA with GPUDirect Storage.
        EfaGds = "EFA_GDS",
    }
}

impl Interface {
    /// Whether traffic goes over EFA (with or without GPUDirect Storage).
    #[must_use]
    pub const fn is_efa(self) -> bool {
        matches!(self, Self::Efa | Self::EfaGds)
    }
}

words! {
    /// How far a figure can be trusted.
    Status {
        /// Printed by the source.
        Stated = "stated",
        /// Arithmetic on printed figures.
        Derived = "derived",
        /// Measured by somebody.
        Observed = "observed",
        /// Quoted by a third party.
        Secondary = "secondary",
        /// Sources disagree or leave it open.
        Uncertain = "uncertain",
    }
}
