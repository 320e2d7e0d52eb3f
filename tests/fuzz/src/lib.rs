//! What the fuzz targets call, each with any bytes: it must neither panic nor hang nor
//! allocate without bound, and a few things have to hold whatever comes out.
//!
//! The same functions run in the ordinary tests (`tests/tests/fuzz_entry_points.rs`
//! includes this file), so that a machine without nightly exercises them too.

pub mod reply;
pub mod request;
pub mod schema;
pub mod ticket;

/// Splits off the first byte, which says what the rest is. Letters keep the seeds
/// readable.
fn mode(data: &[u8]) -> (u8, &[u8]) {
    match data {
        [mode, rest @ ..] => (*mode, rest),
        [] => (0, data),
    }
}
