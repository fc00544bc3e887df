import { KEY_TYPES } from '../lib/log/note.ts'
import { formatPrivateKey, generateSigningKey } from '../lib/log/sign.ts'

const USAGE = `npm run log -- key NAME   make a key for the log. NAME is where it will be read, without the scheme: register.example/log
The first line goes into BATP_LOG_KEY, and a copy of it to a place where the database is not; the second is for everybody.`

const [command, name] = process.argv.slice(2)
if (command !== 'key' || !name) {
  console.error(USAGE)
  process.exit(2)
}
const key = generateSigningKey(name, KEY_TYPES.log)
console.log(`${formatPrivateKey(key)}\n${key.vkey}`)
