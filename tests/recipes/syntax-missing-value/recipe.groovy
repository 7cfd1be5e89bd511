copy { from "prod:users"; to "dev:users"; where pk: , sk: 3 }
