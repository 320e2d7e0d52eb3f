// Made by `cargo xtask codegen`. Do not edit.

mod region;

pub use region::Region;
