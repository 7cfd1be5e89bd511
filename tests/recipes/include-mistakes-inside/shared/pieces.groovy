piece("p") { segments "x" }
