def attribute = "updatedAt"
defaults {
  onConflict "skip"
  retry attempts: 3, cap: "5s"
}
copy { from "prod:users"; to "dev:users" }
copy { from "prod:orders"; to "dev:orders"; onConflict newer: "${attribute}" }
copy { from "prod:events"; to "dev:events"; onConflict "overwrite"; replace(); retry giveUpAfter: "1h" }
copy { from "prod:logs"; to "dev:logs"; onConflict "fail" }
delete { from "dev:users"; where pk: "t1"; retry base: "10ms", cap: "2m" }
query { from "dev:users"; retry attempts: 1 }
