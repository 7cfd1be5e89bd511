def run() { copy { form "prod:users" } }
