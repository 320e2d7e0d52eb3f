//! The crate, used as others use it.

mod axum;
mod events;
mod example;
mod mangled;
mod receiving;
mod replies;
mod tolerance;
