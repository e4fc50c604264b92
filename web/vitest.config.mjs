import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'
import relay from './tools/relay-plugin.mjs'

export default defineConfig({
  plugins: [relay(fileURLToPath(new URL('app/src/__generated__', import.meta.url)))],
  test: { environment: 'happy-dom', include: ['test/unit/**/*.test.{ts,tsx,mjs}'] },
})
