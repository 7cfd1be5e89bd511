include "shared/environments.groovy"

param "tenant", required: true, help: "whose users"
param "wide", default: 8

piece("careful") {
  writers 2
  onFailure { stopAfter 5 }
}

defaults {
  segments 4
}

copy("everything") {
  from "east:users"
  to "test:users"
  segments param("wide")
  where gsi: "byTenant", pk: param("tenant"), skBegins: "2026-"
  filter "#s = :v", names: ["#s": "status"], values: [":v": "active"]
  filter { item -> item.age > 41 }
  project "name", "email"
  limit 1_000_000
  rate read: 500, write: "50%"
  prices read: 0.125, write: 0.625
  budget 20
  onConflict newer: "updatedAt"
  retry attempts: 8, base: "50ms", cap: "20s", giveUpAfter: "15m"
  onFailure { deadLetter "failed.jsonl" }
  use "careful"
  verify { count(); sample 10 }
  resume "state/everything.checkpoint"
  failIfEmpty()
}

query {
  from "test:users"
  failIfEmpty()
}
