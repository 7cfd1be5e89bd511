copy { from "prod:users" to "dev:users" segments 8 }
copy { from "prod:users" project }
