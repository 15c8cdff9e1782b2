#!/usr/bin/env python3
"""Two sales users in two teams, and every door of the OpenAPI document tried by one on what is the other's.

idor.py --program build/crisalide --port 8080 --token crm_... --out FOLDER
Makes the users through the API and writes records.json and activities.json into FOLDER, for ../shared/harness/idor.py.
What those cannot say (operations, imports and tokens have ids of their own) is tried here: exit 1 when something gives.
"""
import argparse
import http.client
import json
import subprocess
import sys

P = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
P.add_argument("--program", required=True)
P.add_argument("--port", type=int, required=True)
P.add_argument("--token", required=True)
P.add_argument("--out", required=True)
A = P.parse_args()
BASE = "/api/v1"
PASSWORD = "una parola molto lunga"
OWN = {"read": "own", "write": "own", "remove": "own", "export": "own"}
BAD = []


def call(method, path, body=None, auth=None, kind="application/json"):
    c = http.client.HTTPConnection("127.0.0.1", A.port, timeout=20)
    h = dict(auth or {"Authorization": "Bearer " + A.token})
    data = None
    if body is not None:
        h["Content-Type"] = kind
        data = body.encode() if isinstance(body, str) else json.dumps(body).encode()
    c.request(method, BASE + path, data, h)
    r = c.getresponse()
    text = r.read()
    headers = r.headers
    c.close()
    try:
        v = json.loads(text)
    except ValueError:
        v = text.decode("utf-8", "replace")
    return r.status, v, headers


def must(method, path, body=None, auth=None, kind="application/json"):
    status, v, headers = call(method, path, body, auth, kind)
    if not 200 <= status < 300:
        sys.exit("idor: %s %s: %d %s" % (method, path, status, v))
    return v, headers


def user(name, team, role):
    """An active user, and the header that speaks for him."""
    email = name + "@example.it"
    u, _ = must("POST", "/users", {"email": email, "name": name, "lang": "en", "team_id": team, "role_id": role})
    must("POST", "/users/%d/password" % u["id"], {"password": PASSWORD})
    _, h = must("POST", "/session", {"email": email, "password": PASSWORD}, {"Accept-Language": "en"})
    cookie = h["Set-Cookie"].split(";")[0]
    t, _ = must("POST", "/tokens", {"name": "harness"}, {"Cookie": cookie})
    return {"Authorization": "Bearer " + t["token"]}


def value(name, schema):
    """A body's value that could be right, so that nothing but the rights refuses it."""
    kinds = {"time": "2031-01-31T09:00:00Z", "date": "2026-01-31", "money": 12.5, "text": "changed by B", "object": {}, "list": [],
             "bool": True, "int": 1}
    if name == "status_id":
        return STATUS
    if name == "stage_id":
        return STAGE
    if name == "kind":
        return "call"
    return kinds.get(schema.get("x-kind", ""), "x")


def body_of(operation):
    content = operation.get("requestBody", {}).get("content", {}).get("application/json")
    if not content:
        return None
    props = content["schema"].get("properties", {})
    # nulls and defaults are the most that convert and next-action do
    return {k: value(k, s) for k, s in props.items() if s.get("x-kind") != "object" and not s.get("readOnly") and k != "owner_id"}


def doors(document):
    """Every door there is but sign-in and the endless one, {id} being the other's record."""
    found = []
    for path, methods in document["paths"].items():
        if path in ("/session", "/events", "/openapi.json"):
            continue
        for method, operation in methods.items():
            m = method.upper()
            found.append([m, BASE + path, body_of(operation) if m in ("POST", "PATCH") else None])
    queries = ["/history?entity=lead&id={id}", "/history?entity=company&id={id}", "/history?entity=contact&id={id}",
               "/history?entity=opportunity&id={id}", "/history?entity=activity&id={id}", "/agenda?list=standby&who=all",
               "/duplicates?entity=lead&last_name={canary}&company_name={canary}&email={canary}@example.org",
               "/duplicates?entity=company&name={canary}", "/duplicates?entity=contact&email={canary}@example.org",
               "/leads?limit=500&names=true&count=true&owner=team", "/leads?id={id}", "/leads?removed=true", "/leads?sort=title",
               "/contacts?company_id={id}&names=true", "/opportunities?company_id={id}&names=true", "/activities?lead_id={id}&names=true",
               "/prospects?list_id={id}&names=true", "/duplicates?entity=prospect&company_name={canary}", "/activities?prospect_id={id}",
               "/history?entity=prospect&id={id}", "/history?entity=prospect_list&id={id}",
               "/duplicates/groups?entity=lead&limit=500", "/duplicates/groups?entity=company", "/duplicates/groups?entity=contact",
               "/leads/{id}/merge?with={id}", "/companies/{id}/merge?with={id}", "/contacts/{id}/merge?with={id}",
               "/operations?limit=500", "/kpi?from=2020-01-01&to=2031-12-31", "/users?limit=500", "/search?q={id}"]
    return found + [["GET", BASE + q, None] for q in queries]


def an_object(name, plural, body, update, more=()):
    lists = ["/%s?limit=500" % plural, "/%s?q={canary}" % plural, "/%s/export" % plural, "/%s/{id}/timeline" % plural]
    return {"name": name, "create": {"path": BASE + "/" + plural, "body": body}, "id": "id", "item": BASE + "/" + plural + "/{id}",
            "update": update, "list": [BASE + u for u in lists[:3] + list(more)],
            "doors": [["GET", BASE + lists[3], None]] + DOORS}


def write(name, tokens, objects, parents):
    config = {"tokens": {k: v["Authorization"] for k, v in tokens.items()}, "objects": objects, "parents": parents}
    with open("%s/%s.json" % (A.out, name), "w") as f:
        json.dump(config, f, indent=1)


def refuses(what, answer):
    if not 400 <= answer[0] < 500:
        BAD.append("%s: %d %s" % (what, answer[0], str(answer[1])[:200]))


def own_ids(a, b):
    """Operations, imports and tokens of A by B."""
    lead, h = must("POST", "/leads", {"last_name": "zucchetti-canary"}, a)
    op = h["Operation-Id"]
    refuses("B undoes A's operation", call("POST", "/operations/%s/undo" % op, {}, b))
    refuses("B reads A's operation", call("GET", "/operations/%s" % op, None, b))
    if "canary" in str(call("GET", "/operations?limit=500", None, b)[1]):
        BAD.append("B sees A's operation in the list")
    status, now, _ = call("GET", "/leads/%d" % lead["id"], None, a)
    if status != 200 or now["version"] != lead["version"]:
        BAD.append("A's lead was undone by B")
    imp, _ = must("POST", "/imports?entity=leads&name=canary.csv", "Cognome\nimported-canary\n", a, "text/csv")
    path = "/imports/%d" % imp["id"]
    for method, way, body in (("GET", "", None), ("PATCH", "", {"mode": "create"}), ("POST", "/check", {}), ("POST", "/run", {}),
                              ("GET", "/refused", None)):
        refuses("B: %s of A's import %s" % (method, way), call(method, path + way, body, b))
    if "canary" in str(call("GET", "/imports", None, b)[1]):
        BAD.append("B sees A's import in the list")
    tokens, _ = must("GET", "/tokens", None, a)
    for t in tokens["items"]:
        refuses("B ends A's token", call("DELETE", "/tokens/%d" % t["id"], None, b))
    refuses("A's token is shown to nobody", (400 if "crm_" not in json.dumps(tokens) else 200, tokens))
    for grab in ({"role_id": 1}, {"team_id": 1}, {"active": False}, {"email": "x@example.it"}):
        me, _ = must("GET", "/session", None, b)
        refuses("B gives himself %s" % grab, call("PATCH", "/users/%d" % me["user"]["id"], grab, b))


def own_lists(a, b):
    """A list of A, its column and its row by B: by every door that takes their numbers."""
    one, _ = must("POST", "/prospect-lists", {"name": "list-canary"}, a)
    column, _ = must("POST", "/prospect-columns", {"list_id": one["id"], "label": "column-canary"}, a)
    row, _ = must("POST", "/prospects", {"list_id": one["id"], "company_name": "row-canary"}, a)
    mine, _ = must("POST", "/prospect-lists", {"name": "of B"}, b)
    path, own = "/prospect-lists/%d" % one["id"], "/prospect-lists/%d" % mine["id"]
    tries = [("GET", path + "/sheet", None), ("GET", path + "/rows", None), ("GET", path + "/calling", None), ("POST", path + "/fetch", {}),
             ("POST", path + "/cells", {"add": [{"values": {"city": "x"}}]}), ("POST", path + "/move", {"ids": [row["id"]]}),
             ("POST", own + "/cells", {"set": [{"id": row["id"], "key": "city", "value": "x"}]}), ("POST", own + "/move", {"ids": [row["id"]]}),
             ("POST", own + "/cells", {"add": [{"values": {"city": "x"}}], "after": row["id"]}),
             ("PATCH", "/prospect-columns/%d" % column["id"], {"label": "x"}), ("DELETE", "/prospect-columns/%d" % column["id"], None),
             ("GET", "/prospect-columns/%d" % column["id"], None), ("POST", "/prospect-columns", {"list_id": one["id"], "label": "x"}),
             ("POST", "/prospects/%d/lead" % row["id"], {}), ("POST", "/prospects/%d/call" % row["id"], {"outcome": "talked"}),
             ("POST", "/prospects", {"list_id": one["id"], "company_name": "x"})]
    for method, way, body in tries:
        refuses("B: %s %s" % (method, way), call(method, way, body, b))
    refuses("B imports into A's list", call("POST", "/imports?entity=prospects&name=x.csv&into=%d" % one["id"], "Azienda\nX\n", b, "text/csv"))
    for way in (own + "/rows?ids=%d" % row["id"], "/prospects", "/prospect-columns", "/prospect-lists"):
        if "canary" in str(call("GET", way, None, b)[1]):
            BAD.append("B sees A's rows at %s" % way)


def foreign_merges(a, b, readers):
    """B merges with A's records, looks at what would come of it, and tells A's duplicates apart; who may not remove merges nothing."""
    for plural, entity, field in (("leads", "lead", "last_name"), ("companies", "company", "name"), ("contacts", "contact", "last_name")):
        its = [must("POST", "/" + plural, {field: "merge-canary", "description": "A's own canary"}, a)[0]["id"] for _ in range(2)]
        own = must("POST", "/" + plural, {field: "merge-canary"}, b)[0]["id"]
        for one, other in ((own, its[0]), (its[0], own), (its[0], its[1])):
            refuses("B merges %s %d and %d" % (entity, one, other), call("POST", "/%s/%d/merge" % (plural, one), {"with": [other]}, b))
            refuses("B looks at the merge of %s %d and %d" % (entity, one, other), call("GET", "/%s/%d/merge?with=%d" % (plural, one, other), None, b))
        refuses("B chooses A's value", call("POST", "/%s/%d/merge" % (plural, own), {"with": [its[0]], "fields": {"description": its[0]}}, b))
        refuses("B says that A's are not the same", call("POST", "/distinctions", {"entity": entity, "first_id": its[0], "second_id": its[1]}, b))
        must("POST", "/duplicates/find", {"entity": entity}, a)
        if "own canary" in str(call("GET", "/duplicates/groups?entity=%s&limit=500" % entity, None, b)[1]):
            BAD.append("B sees A's %s among the duplicates" % entity)
        for i in its:
            refuses("B dismisses A's group", call("POST", "/duplicates/groups/%d/dismiss" % i, {}, b))
        keep = [must("POST", "/" + plural, {field: "kept"}, readers)[0]["id"] for _ in range(2)]
        refuses("who may not remove merges %s" % entity, call("POST", "/%s/%d/merge" % (plural, keep[0]), {"with": [keep[1]]}, readers))


document = json.loads(subprocess.run([A.program, "openapi"], capture_output=True, check=True).stdout)
STATUS = must("GET", "/lead-statuses?limit=50")[0]["items"][0]["id"]
STAGE = must("GET", "/stages?limit=50")[0]["items"][0]["id"]
DOORS = doors(document)
teams = [must("POST", "/teams", {"name": n})[0]["id"] for n in ("North", "South")]
narrow = must("POST", "/roles", {"name_it": "propri", "name_en": "own", "rights": {"*": OWN}})[0]["id"]
wide = must("POST", "/roles", {"name_it": "aziende", "name_en": "companies", "rights": {"*": OWN, "company": dict(OWN, read="all"),
                                "prospect_list": dict(OWN, read="all", write="all")}})[0]["id"]
fair = must("POST", "/prospect-lists", {"name": "Of all"})[0]["id"]
firm = must("POST", "/companies", {"name": "Of all srl"})[0]["id"]
admin = {"Authorization": "Bearer " + A.token}
a, b = user("anna", teams[0], narrow), user("bruno", teams[1], narrow)
c, d = user("carla", teams[0], wide), user("dino", teams[1], wide)
write("records", {"A": a, "B": b, "admin": admin}, [
    an_object("lead", "leads", {"last_name": "{canary}", "description": "note {canary}", "email": "{canary}@example.org", "company_name": "{canary}"},
              {"last_name": "changed by B"}, ["/search?q={canary}", "/agenda?list=todo&who=all&limit=500", "/board?who=all&limit=500"]),
    an_object("company", "companies", {"name": "{canary}", "description": "note {canary}"}, {"name": "changed by B"}, ["/search?q={canary}"]),
    an_object("contact", "contacts", {"last_name": "{canary}", "email": "{canary}@example.org"}, {"last_name": "changed by B"}, ["/search?q={canary}"]),
    an_object("opportunity", "opportunities", {"name": "{canary}", "amount": 100}, {"name": "changed by B"},
              ["/search?q={canary}", "/agenda?list=todo&who=all&limit=500", "/board?who=all&limit=500"]),
    an_object("prospect_list", "prospect-lists", {"name": "{canary}", "description": "note {canary}"}, {"name": "changed by B"}),
], [{"create": {"path": BASE + "/activities", "body": {"kind": "comment", "body": "by B", link: "{id}"}}}
    for link in ("lead_id", "company_id", "contact_id", "opportunity_id")]
    + [{"create": {"path": BASE + "/opportunities", "body": {"name": "by B", link: "{id}"}}} for link in ("company_id", "contact_id")]
    + [{"create": {"path": BASE + "/contacts", "body": {"last_name": "by B", link: "{id}"}}} for link in ("company_id", "reports_to_id")])
write("activities", {"A": c, "B": d, "admin": admin}, [
    an_object("activity", "activities", {"kind": "comment", "body": "{canary}", "subject": "{canary}", "company_id": firm}, {"body": "changed by B"}),
], [])
ROWS = ["/prospect-lists/%d/%s" % (fair, way) for way in ("rows?limit=5000", "calling?limit=500")]
write("prospects", {"A": c, "B": d, "admin": admin}, [
    an_object("prospect", "prospects", {"list_id": fair, "company_name": "{canary}", "email": "{canary}@example.org", "description": "{canary}"},
              {"company_name": "changed by B"}, ROWS),
], [{"create": {"path": BASE + "/activities", "body": {"kind": "comment", "body": "by B", "prospect_id": "{id}"}}}])
own_ids(a, b)
own_lists(a, b)
keeper = must("POST", "/roles", {"name_it": "senza rimozione", "name_en": "no removal", "rights": {"*": dict(OWN, remove="none")}})[0]["id"]
foreign_merges(a, b, user("elio", teams[0], keeper))
for line in BAD:
    print("  " + line)
print("idor, own ids:", "FAIL" if BAD else "PASS")
sys.exit(1 if BAD else 0)
