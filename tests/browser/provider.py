"""A real OpenID Connect provider (idpyoidc) for the sign-in test: a log-in form, codes, signed tokens, people's e-mail.

python provider.py SETTINGS: a JSON file with port, client_id, client_secret, redirect_uri, and people (name to password
and claims). It keeps its keys in the folder it is started in.
"""

import json
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

from idpyoidc.message.oidc import AccessTokenRequest, AuthorizationRequest
from idpyoidc.server import Server
from idpyoidc.server.configure import OPConfiguration
from idpyoidc.server.exception import FailedAuthentication

FORM = """<!doctype html><html lang="en"><title>Log in</title><form method="post" action="/{{ action }}">
<input type="hidden" name="token" value="{{ token }}"><label>Name <input name="username"></label>
<label>Password <input name="password" type="password"></label><button>Log in</button></form></html>"""
KEYS = [{"type": "RSA", "use": ["sig"]}, {"type": "EC", "crv": "P-256", "use": ["sig"]}]
SECRETS = [{"type": "OCT", "use": ["enc"], "kid": "enc"}, {"type": "OCT", "use": ["sig"], "kid": "sig"}]
OIDC = "idpyoidc.server.oidc"


def provider(settings: dict) -> Server:
    """The provider with its one client and its people; its keys in the working folder."""
    issuer, people = f"http://localhost:{settings['port']}", settings["people"]
    Path("templates").mkdir(exist_ok=True)
    Path("templates/form.jinja2").write_text(FORM, encoding="utf-8")
    Path("passwords.json").write_text(json.dumps({name: each["password"] for name, each in people.items()}), encoding="utf-8")
    endpoints = {
        "provider_config": (".well-known/openid-configuration", f"{OIDC}.provider_config.ProviderConfiguration", None),
        "authorization": ("authorization", f"{OIDC}.authorization.Authorization", None),
        "token": ("token", f"{OIDC}.token.Token", ["client_secret_basic", "client_secret_post"]),
        "userinfo": ("userinfo", f"{OIDC}.userinfo.UserInfo", ["bearer_header"])}
    made = Server(OPConfiguration({
        "issuer": issuer, "httpc_params": {"verify": False}, "template_dir": "templates",
        "key_conf": {"key_defs": KEYS, "uri_path": "jwks"},
        "cookie_handler": {"class": "idpyoidc.server.cookie_handler.CookieHandler",
                           "kwargs": {"keys": {"private_path": "cookies.json", "key_defs": SECRETS, "read_only": False},
                                      "name": {"session": "op", "register": "op_rp", "session_management": "op_sman"}}},
        "token_handler_args": {
            "jwks_def": {"private_path": "tokens.json", "read_only": False,
                         "key_defs": [{"type": "oct", "bytes": 24, "use": ["enc"], "kid": "code"}]}, "code": {"kwargs": {"lifetime": 600}},
            "token": {"class": "idpyoidc.server.token.jwt_token.JWTToken", "kwargs": {"lifetime": 3600}},
            "id_token": {"class": "idpyoidc.server.token.id_token.IDToken",
                         "kwargs": {"base_claims": {"email": {"essential": True}, "email_verified": {"essential": True}}}}},
        "add_on": {"pkce": {"function": "idpyoidc.server.oauth2.add_on.pkce.add_support",
                            "kwargs": {"essential": True, "code_challenge_method": ["S256"]}}},
        "endpoint": {name: {"path": path, "class": kind, "kwargs": {"client_authn_method": methods}}
                     for name, (path, kind, methods) in endpoints.items()},
        "authentication": {"user": {
            "acr": "urn:oasis:names:tc:SAML:2.0:ac:classes:InternetProtocolPassword",
            "class": "idpyoidc.server.user_authn.user.UserPassJinja2",
            "kwargs": {"verify_endpoint": "verify", "template": "form.jinja2",
                       "db": {"class": "idpyoidc.server.util.JSONDictDB", "kwargs": {"filename": "passwords.json"}}}}},
        "userinfo": {"class": "idpyoidc.server.user_info.UserInfo",
                     "kwargs": {"db": {name: {"sub": name, **each["claims"]} for name, each in people.items()}}},
    }, base_path=str(Path.cwd())), cwd=str(Path.cwd()))
    made.context.cdb[settings["client_id"]] = {
        "client_id": settings["client_id"], "client_secret": settings["client_secret"],
        "redirect_uris": [(settings["redirect_uri"], {})], "response_types_supported": ["code"],
        "token_endpoint_auth_method": "client_secret_basic", "allowed_scopes": ["openid", "email", "profile"],
        "id_token_signed_response_alg": "RS256"}
    made.context.keyjar.add_symmetric(settings["client_id"], settings["client_secret"])
    return made


class Asked(BaseHTTPRequestHandler):
    """One request to the provider."""

    op: Server

    def do_GET(self) -> None:
        self._answer(dict(parse_qsl(urlsplit(self.path).query)))

    def do_POST(self) -> None:
        self._answer(dict(parse_qsl(self.rfile.read(int(self.headers.get("content-length", 0))).decode())))

    def _answer(self, given: dict) -> None:
        path = urlsplit(self.path).path.strip("/")
        if path == "jwks":
            self._send(200, self.op.context.keyjar.export_jwks_as_json(), "application/json")
        elif path == "verify":
            self._verify(given)
        elif endpoint := next((each for each in self.op.endpoint.values() if each.endpoint_path == path), None):
            self._ask(endpoint, given)
        else:
            self._send(404, "There is nothing here.")

    def _verify(self, given: dict) -> None:
        method = self.op.context.authn_broker.get_method_by_id("user")
        try:
            name = method.verify(**given)
        except FailedAuthentication:
            self._send(403, "That is not the password.")
            return
        held = method.unpack_token(given["token"])
        request = AuthorizationRequest().from_urlencoded(held["query"])
        endpoint = self.op.get_endpoint("authorization")
        session = endpoint.create_session(request, name, held["authn_class_ref"], held["iat"], method)
        self._give(endpoint, request, endpoint.authz_part2(request=request, session_id=session))

    def _ask(self, endpoint, given: dict) -> None:
        about = {"headers": {name.lower(): value for name, value in self.headers.items()}, "method": self.command,
                 "url": self.path, "cookie": []}
        request = endpoint.parse_request(given, http_info=about)
        if "error" in request:
            self._send(400, request.to_json(), "application/json")
            return
        if endpoint.name == "token":
            request = AccessTokenRequest(**request)
        self._give(endpoint, request, endpoint.process_request(request, http_info=about))

    def _give(self, endpoint, request, args: dict) -> None:
        if "http_response" in args:
            self._send(200, args["http_response"])
            return
        made = endpoint.do_response(request=request, **args)
        if made.get("response_placement", endpoint.response_placement) == "url":
            self._send(302, "", location=made["response"])
        else:
            self._send(made.get("response_code", 200), made["response"], dict(made["http_headers"]).get("Content-type", "application/json"))

    def _send(self, status: int, body: str, kind: str = "text/html", location: str = "") -> None:
        self.send_response(status)
        self.send_header("content-type", kind)
        if location:
            self.send_header("location", location)
        self.end_headers()
        self.wfile.write(body.encode())


if __name__ == "__main__":
    asked = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    Asked.op = provider(asked)
    ThreadingHTTPServer(("127.0.0.1", asked["port"]), Asked).serve_forever()
