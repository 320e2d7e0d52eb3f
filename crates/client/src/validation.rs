//! Comparing a request with the documented limits before it is sent.

use trtc_rooms_core::{Endpoint, Validate};

use crate::{Error, observe};

/// What the client does with a request that breaks a documented limit.
///
/// The documents lag behind the service now and then, so the limits can be turned
/// into warnings, for a client or for one call.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Validation {
    /// The call fails with every violation and nothing is sent.
    #[default]
    Enforce,
    /// The request is sent, and each violation becomes a `tracing` event at level
    /// WARN (with the feature `tracing`).
    Warn,
    /// The request is sent and not looked at.
    Off,
}

/// Compares `request` with the documented limits.
///
/// Hints become events at level DEBUG. Neither violations nor hints hold values of
/// the request.
pub(crate) fn check<R: Validate>(
    endpoint: &'static Endpoint,
    request: &R,
    validation: Validation,
) -> Result<(), Error> {
    if validation == Validation::Off {
        return Ok(());
    }
    if observe::hints_wanted() {
        for hint in request.hints() {
            observe::hint(endpoint, &hint);
        }
    }
    match request.validate() {
        Ok(()) => Ok(()),
        Err(violations) if validation == Validation::Enforce => {
            Err(Error::invalid(endpoint, violations))
        }
        Err(violations) => {
            for violation in &violations {
                observe::ignored_violation(endpoint, violation);
            }
            Ok(())
        }
    }
}
