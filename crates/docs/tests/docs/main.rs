//! Pages of our own, in the form of the vendor's, against a frozen copy of the schemas:
//! a page that changes must not make these tests change.

mod accepting;
mod drafting;
mod forms;
mod mangled;
mod planted;
mod reports;
mod support;
mod torn;
