// The screens by GraphQL Yoga with DataLoader and pg: what its documentation shows, with every read batched.
import { createServer } from 'node:http'
import { readFileSync } from 'node:fs'
import { createSchema, createYoga } from 'graphql-yoga'
import { loaders } from './loaders.mjs'
import { resolvers } from './resolvers.mjs'

const typeDefs = readFileSync(new URL('./schema.graphql', import.meta.url), 'utf8')
const yoga = createYoga({
  schema: createSchema({ typeDefs, resolvers }),
  context: () => loaders(),
  logging: false,
  graphiql: false,
  landingPage: false,
})
const [host, port] = process.argv[2].split(':')
createServer(yoga).listen(Number(port), host)
process.on('SIGTERM', () => process.exit(0))
