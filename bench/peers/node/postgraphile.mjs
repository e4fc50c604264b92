// The screens by PostGraphile 5: the Amber preset over the views and functions of ../postgraphile/schema.sql.
import { createServer } from 'node:http'
import { postgraphile } from 'postgraphile'
import { makePgService } from 'postgraphile/adaptors/pg'
import { grafserv } from 'postgraphile/grafserv/node'
import { PostGraphileAmberPreset } from 'postgraphile/presets/amber'

const pgl = postgraphile({
  extends: [PostGraphileAmberPreset],
  pgServices: [
    makePgService({
      connectionString: process.env.DATABASE_URL,
      schemas: ['peers'],
      poolConfig: { max: Number(process.env.CONNECTIONS), idleTimeoutMillis: 0 },
    }),
  ],
  grafast: { explain: false },
  grafserv: { graphiql: false, watch: false },
})
const server = createServer()
await pgl.createServ(grafserv).addTo(server)
if (process.argv[3] === '--print') {
  const { printSchema } = await import('postgraphile/graphql')
  console.log(printSchema(await pgl.getSchema()))
  process.exit(0)
}
const [host, port] = process.argv[2].split(':')
server.listen(Number(port), host)
process.on('SIGTERM', () => process.exit(0))
