backup "late:users"
copy("orders") { from "prod:orders"; to "dev:orders" }
