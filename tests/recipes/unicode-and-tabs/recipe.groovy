	copy { form "prod:users"	; to 5 }
def naïve = "😀é"; copy { from naïve, "😀"; segmnts 4 }
copy("日本 😀") { form "x" }
