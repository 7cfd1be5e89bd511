copy { from "prod:orders"; to "dev:orders"; where pks: "file:tenants.txt" }
