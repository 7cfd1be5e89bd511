copy { from "prod:users"; to "dev:users"; replace() }
copy { from "prod:orders"; to "dev:orders"; replace truncateFirst: true, backup: false; createTarget() }
copy { from "prod:events"; to "dev:events"; replace backup: false; where pk: "t1"; filter { it.age > 41 } }

piece("seed") {
  def how = [truncateFirst: 1 > 0]
  replace how
  createTarget()
}
copy { from "prod:visits"; to "dev:visits"; use "seed" }
