use std::collections::HashMap;

use trtc_rooms_schema::ir::{Ir, Module, Object, TypeName};

use crate::error::CodegenError;
use crate::model::reserved;
use crate::shapes::{FieldShape, Shapes, shapes};

/// What is generated from, with the shapes of all objects: asking typify is what
/// takes longest, and more than one file needs to know.
pub(crate) struct Context<'a> {
    pub(crate) ir: &'a Ir,
    modules: HashMap<&'a str, (&'a Module, Shapes)>,
}

impl<'a> Context<'a> {
    pub(crate) fn new(ir: &'a Ir) -> Result<Self, CodegenError> {
        let shared = ir.shared.iter().map(|module| (module, None));
        let endpoints = ir.endpoints.iter();
        let endpoints = endpoints.map(|endpoint| (&endpoint.module, Some(endpoint)));
        let mut modules = HashMap::new();
        for (module, endpoint) in shared.chain(endpoints) {
            reserved::check(module, endpoint)?;
            modules.insert(module.path.as_str(), (module, shapes(module)?));
        }
        Ok(Self { ir, modules })
    }

    pub(crate) fn module(&self, path: &str) -> Option<&'a Module> {
        self.modules.get(path).map(|(module, _)| *module)
    }

    /// An object and the shapes of its fields.
    pub(crate) fn object(&self, name: &TypeName) -> Option<(&'a Object, &[FieldShape])> {
        let (module, shapes) = self.modules.get(name.module.as_str())?;
        let object = module
            .objects
            .iter()
            .find(|object| object.name == name.name)?;
        Some((object, shapes.get(&object.name)?))
    }

    /// The shapes of the fields of an object of a module.
    pub(crate) fn fields(&self, module: &Module, object: &Object) -> &[FieldShape] {
        self.modules
            .get(module.path.as_str())
            .and_then(|(_, shapes)| shapes.get(&object.name))
            .map_or(&[], Vec::as_slice)
    }
}
