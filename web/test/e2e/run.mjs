// Starts one demo for all end-to-end tests, runs them, and stops it.
import { spawnSync } from 'node:child_process'
import { startDemo } from './harness.mjs'

const demo = await startDemo()
const here = new URL('.', import.meta.url).pathname
const files = process.argv.length > 2 ? process.argv.slice(2) : ['screens', 'flows']
const { status } = spawnSync(process.execPath, ['--test', '--test-concurrency=1', ...files.map((f) => `${here}${f}.test.mjs`)], {
  stdio: 'inherit',
  env: { ...process.env, ADSGRAPH: demo.address },
})
await demo.stop()
process.exit(status ?? 1)
