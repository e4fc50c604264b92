// Starts one demo for all end-to-end tests, runs them, and stops it.
import { once } from 'node:events'
import { spawn } from 'node:child_process'
import { startDemo } from './harness.mjs'

const demo = await startDemo()
const here = new URL('.', import.meta.url).pathname
const files = process.argv.length > 2 ? process.argv.slice(2) : ['screens', 'flows']
// The demo's log has to be read meanwhile, or the demo waits until it is.
const tests = spawn(process.execPath, ['--test', '--test-concurrency=1', ...files.map((f) => `${here}${f}.test.mjs`)], {
  stdio: 'inherit',
  env: { ...process.env, ADSGRAPH: demo.address },
})
const [status] = await once(tests, 'exit')
await demo.stop()
process.exit(status ?? 1)
