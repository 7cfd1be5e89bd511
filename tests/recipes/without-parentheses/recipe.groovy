copy "users" { form "prod:users" }
env 'prod' { readOnly }
piece "p${1}" { segments "x" }
copy { from; to "dev:users"; project; onFailure }
copy { segments = 8; limit += 1 }
