//! Random sequences of calls, carried out twice: by the emulator, through the real
//! client and over HTTP, and by a small model of the rooms ([`World`]). After every
//! step both have to agree on the outcome, on what went over the wire, and on
//! everything that is stored.
//!
//! The model is typed by hand, from the pages about the endpoints and from the
//! decisions that the emulator writes down where the pages are silent. It shares no
//! code with the emulator and reads no schema. Whatever it can be told to do
//! otherwise stands in [`Decisions`], so that a test can show that the search would
//! notice.
//!
//! [`search`] looks for a sequence on which they differ and makes it as short as it
//! can ([`Finding`]). The steps are drawn with proptest, each in view of what there is
//! by then. `proptest-state-machine` would do that too; but it leaves out steps in one
//! pass from the back and cannot add up waits, so that what it ends with is not the
//! shortest, and its way of shrinking is all that it would add. A sequence is a text
//! ([`Script`]), one step a line, that a person can read, edit and play again.
//!
//! Start with [`Step`], then read [`World::apply`].

mod creation;
mod decisions;
mod difference;
mod expectation;
mod limits;
mod play;
mod request;
mod rig;
mod script;
mod search;
mod shorten;
mod step;
mod strategy;
mod typed;
mod world;

pub use decisions::Decisions;
pub use expectation::{Expectation, Outcome};
pub use play::{Disagreement, Played};
pub use request::{ChangeLive, CreateLive, CreateMeeting, LiveChange, LiveRoom, Meeting, Request};
pub use rig::{Observation, Rig};
pub use script::Script;
pub use search::{Coverage, Finding, Search, search};
pub use step::{Call, Caller, Checks, Step, Twist};
pub use world::World;
