use indexmap::IndexMap;
use serde_json::{Map, Value};
use trtc_rooms_schema::{SchemaSet, ir};

/// How deep the members of members are looked at.
const MAX_DEPTH: usize = 16;

/// How many unknown members are listed.
const MAX_LISTED: usize = 16;

/// The members of an object that the documents know, in their order.
#[derive(Debug, Default)]
pub(crate) struct Members(IndexMap<String, Member>);

#[derive(Debug)]
struct Member {
    /// The value that the service takes when the member is absent.
    default: Option<Value>,
    inside: Inside,
}

/// What is known about the inside of a value.
#[derive(Debug)]
enum Inside {
    Nothing,
    Object(Members),
    /// The elements of a list, or the values of a map.
    Elements(Box<Inside>),
}

/// Where types are looked up.
struct Types<'a> {
    schemas: &'a SchemaSet,
    ir: &'a ir::Ir,
    own: &'a ir::Module,
}

impl Members {
    /// The members of a request.
    pub(crate) fn of_request(schemas: &SchemaSet, ir: &ir::Ir, endpoint: &ir::Endpoint) -> Self {
        let own = &endpoint.module;
        let types = Types { schemas, ir, own };
        own.objects
            .first()
            .map(|request| types.members(request, MAX_DEPTH))
            .unwrap_or_default()
    }

    /// The members of an object member.
    pub(crate) fn inside(&self, name: &str) -> Option<&Members> {
        match &self.0.get(name)?.inside {
            Inside::Object(members) => Some(members),
            _ => None,
        }
    }

    /// Those members of an object that are known, in the order of the documents.
    pub(crate) fn known_of(&self, object: &Map<String, Value>) -> Map<String, Value> {
        self.select(|name, _| object.get(name).cloned())
    }

    /// The same, with the documented defaults where members are absent.
    pub(crate) fn known_of_or_default(&self, object: &Map<String, Value>) -> Map<String, Value> {
        self.select(|name, member| object.get(name).or(member.default.as_ref()).cloned())
    }

    fn select(&self, value: impl Fn(&str, &Member) -> Option<Value>) -> Map<String, Value> {
        let values = self.0.iter().filter_map(|(name, member)| {
            let value = value(name, member)?;
            Some((name.clone(), value))
        });
        values.collect()
    }

    /// Pointers to members that no document knows.
    pub(crate) fn unknown_in(&self, object: &Value) -> Vec<String> {
        let mut unknown = Vec::new();
        self.list_unknown(object, "", &mut unknown);
        unknown
    }

    fn list_unknown(&self, object: &Value, pointer: &str, unknown: &mut Vec<String>) {
        for (name, value) in object.as_object().into_iter().flatten() {
            if unknown.len() == MAX_LISTED {
                return;
            }
            // Longer ones are not members that somebody has misspelt.
            let short: String = name.chars().take(64).collect();
            let pointer = format!("{pointer}/{}", short.replace('~', "~0").replace('/', "~1"));
            match self.0.get(name) {
                Some(member) => member.inside.list_unknown(value, &pointer, unknown),
                None => unknown.push(pointer),
            }
        }
    }
}

impl Inside {
    fn list_unknown(&self, value: &Value, pointer: &str, unknown: &mut Vec<String>) {
        match (self, value) {
            (Inside::Object(members), value) => members.list_unknown(value, pointer, unknown),
            (Inside::Elements(inside), Value::Array(elements)) => {
                for (index, element) in elements.iter().enumerate() {
                    inside.list_unknown(element, &format!("{pointer}/{index}"), unknown);
                }
            }
            (Inside::Elements(inside), Value::Object(map)) => {
                for (name, element) in map {
                    inside.list_unknown(element, &format!("{pointer}/{name}"), unknown);
                }
            }
            _ => {}
        }
    }
}

impl Types<'_> {
    fn members(&self, object: &ir::Object, depth: usize) -> Members {
        let members = object.fields.iter().map(|field| {
            let member = Member {
                default: self.default_of(field),
                inside: self.inside(&field.ty, depth),
            };
            (field.name.clone(), member)
        });
        Members(members.collect())
    }

    fn inside(&self, ty: &ir::Type, depth: usize) -> Inside {
        match ty {
            ir::Type::Object(name) if depth > 0 => match self.object(name) {
                Some(object) => Inside::Object(self.members(object, depth - 1)),
                None => Inside::Nothing,
            },
            ir::Type::Array(element) | ir::Type::Map(element) => {
                match self.inside(&element.ty, depth) {
                    Inside::Nothing => Inside::Nothing,
                    inside => Inside::Elements(Box::new(inside)),
                }
            }
            _ => Inside::Nothing,
        }
    }

    fn object(&self, name: &ir::TypeName) -> Option<&ir::Object> {
        let mut modules = std::iter::once(self.own).chain(&self.ir.shared);
        let module = modules.find(|module| module.path == name.module)?;
        module
            .objects
            .iter()
            .find(|object| object.name == name.name)
    }

    fn default_of(&self, field: &ir::Field) -> Option<Value> {
        let file = self.schemas.file(&field.place.file)?;
        file.value
            .pointer(&field.place.pointer)?
            .get("default")
            .cloned()
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::contract::Contract;

    #[test]
    fn c07_c08_unknown_members_are_found_where_they_are() {
        let contract = Contract::embedded().unwrap();
        let endpoint = contract
            .endpoint("/v4/room_engine_http_srv/create_room")
            .unwrap();
        let request = json!({
            "RoomId": "a",
            "RoomInfo": { "roomId": "a", "RoomId ": "b", "RoomId": "c", "a/~b": 1,
                "ScheduleInviteeList_Account": [] },
            "ScheduleInviteeList_Account": [{ "x": 1 }],
        });
        let unknown = endpoint.members.unknown_in(&request);
        assert_eq!(
            unknown,
            [
                "/RoomId",
                "/RoomInfo/roomId",
                "/RoomInfo/RoomId ",
                "/RoomInfo/a~1~0b",
                "/RoomInfo/ScheduleInviteeList_Account",
            ]
        );
    }

    #[test]
    fn defaults_are_those_of_the_schema() {
        let contract = Contract::embedded().unwrap();
        let endpoint = contract
            .endpoint("/v4/live_engine_http_srv/create_room")
            .unwrap();
        let members = endpoint.members.inside("RoomInfo").unwrap();
        let sent = json!({ "IsPublicVisible": false, "Other": 1, "RoomId": "a" });
        let known = members.known_of_or_default(sent.as_object().unwrap());
        let expected = json!({
            "RoomId": "a", "TakeSeatMode": "FreeToTake", "IsMessageDisabled": false,
            "IsPublicVisible": false,
        });
        assert_eq!(serde_json::Value::Object(known), expected);
    }
}
