//! How one logs in: OAuth 2 and OpenID Connect, with scopes that name the trust level of the online channel.

use crate::formats::tree::{Map, Node};
use crate::model::evidence::Trust;
use crate::model::procedure::{Channel, ChannelKind, Procedure};

/// The scopes of a procedure.
pub struct Scopes {
    trust: Option<Trust>,
}

impl Scopes {
    /// The scopes for the online channel of a procedure.
    pub fn of(procedure: &Procedure) -> Scopes {
        let online = |channel: &&Channel| channel.kind == ChannelKind::Online;
        Scopes { trust: procedure.channels.iter().find(online).and_then(|channel| channel.trust) }
    }

    /// The trust level by name, if one is asked for.
    pub fn level(&self) -> Option<&'static str> {
        self.trust.map(|trust| match trust {
            Trust::Low => "niedrig",
            Trust::Substantial => "substanziell",
            Trust::High => "hoch",
        })
    }

    fn scope(&self, action: &str) -> String {
        match self.level() {
            Some(level) => format!("antrag:{action}:{level}"),
            None => format!("antrag:{action}"),
        }
    }

    /// What an operation asks for. Without a trust level one may also come without an account.
    pub fn security<'a>(&self, action: &str) -> Node<'a> {
        let asked = |scheme: &'static str| -> Node<'a> { Map::new().with(scheme, vec![Node::from(self.scope(action))]).into() };
        let mut ways = vec![asked("OAuth2"), asked("OpenIDConnect")];
        if self.trust.is_none() {
            ways.push(Map::new().into());
        }
        ways.into()
    }

    /// The schemes. Their addresses are relative to the server, because each authority has its own.
    pub fn schemes<'a>(&self) -> Map<'a> {
        let level = match self.level() {
            Some(level) => format!(" Verlangt ist das Vertrauensniveau {level} (eIDAS)."),
            None => String::new(),
        };
        let scopes = Map::new()
            .with(self.scope("einreichen"), "Anträge und Nachweise einreichen. English: File applications and evidence.")
            .with(self.scope("lesen"), "Stand und Bescheid lesen. English: Read state and notice.");
        let code =
            Map::new().with("authorizationUrl", "oauth2/authorize").with("tokenUrl", "oauth2/token").with("scopes", scopes);
        let oauth = Map::new()
            .with("type", "oauth2")
            .with("description", format!("Anmeldung mit dem Nutzerkonto.{level}"))
            .with("flows", Map::new().with("authorizationCode", code));
        let connect = Map::new()
            .with("type", "openIdConnect")
            .with("description", format!("Anmeldung über OpenID Connect.{level}"))
            .with("openIdConnectUrl", ".well-known/openid-configuration");
        Map::new().with("OAuth2", oauth).with("OpenIDConnect", connect)
    }
}
