env("frozen") { readOnly() }
copy { from "prod:users"; to "dev:users"; replace truncatefirst: true, bakup: false }
copy { from "prod:users"; to "dev:users"; replace truncateFirst: "yes", backup: 1 }
copy { from "prod:users"; to "dev:users"; replace true; createTarget true }
copy { from "prod:users"; to "dev:users"; replace; createTarget }
replace()
query { from "prod:users"; replace(); createTarget() }
