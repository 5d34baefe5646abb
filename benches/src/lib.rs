//! Benches only: see `benches/model.rs` and `cargo xtask bench`.
