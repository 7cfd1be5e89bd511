include "shared/orders.groovy"
copy { from "prod:users"; to "dev:users"; where pks: "file:tenants.txt", gsi: "byTenant", skBegins: "2026-" }
delete { from "dev:users"; where pks: "file:/tmp/tenants.txt" }
query { from "dev:users"; where pks: "file:tenants/${1}.txt" }
