import java.util.Lisst
Datte d = null
copy { form "prod:users"; to "dev:users" }
