include "shared/environments.groovy"
copy { form "prod:users" }
