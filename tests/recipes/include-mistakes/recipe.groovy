include "/etc/passwd"
include "../good-smallest/recipe.groovy"
include "nowhere.groovy"
include "folder"
include ""
include "a\0b"
include "recipe.groovy"
copy { form "prod:users" }
