env("frozen") { readOnly() }
param "first", default: "no"
def how = [truncateFirst: "yes", backup: null, bakup: true]
copy { from "prod:users"; to "dev:users"; limit 10; replace() }
copy { from "prod:users"; to "frozen:users"; replace() }
copy { from "prod:users"; to "dev:users"; replace how }
copy { from "prod:users"; to "dev:users"; replace(*: how) }
