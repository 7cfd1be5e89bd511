def key = "pk"
def more = [skBegins: "a"]
copy { from "prod:users"; to "dev:users"; where((key): "t1", *: more) }
copy { from "prod:orders"; to "dev:orders"; where "pk": "t1".bytes.size() }
