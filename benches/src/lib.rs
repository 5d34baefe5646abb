//! Benches, which are run by `cargo xtask bench`, and `timed`, which others time themselves beside.
