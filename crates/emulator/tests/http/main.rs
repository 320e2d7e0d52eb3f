//! The emulator over real sockets.

mod faults;
mod support;
mod wire;
