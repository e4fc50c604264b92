import { fileURLToPath } from 'node:url'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'
import relay from './tools/relay-plugin.mjs'

const here = (path) => fileURLToPath(new URL(path, import.meta.url))
const server = process.env.ADSGRAPH ?? 'http://127.0.0.1:8080'
const proxied = Object.fromEntries(['/graphql', '/export', '/demo', '/playground'].map((p) => [p, { target: server, ws: true }]))

export default defineConfig({
  root: here('app'),
  plugins: [relay(here('app/src/__generated__')), react()],
  build: {
    outDir: here('dist/app'),
    emptyOutDir: true,
    target: 'es2022',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    rollupOptions: { onwarn: (w, warn) => w.code !== 'MODULE_LEVEL_DIRECTIVE' && warn(w) },
  },
  server: { proxy: proxied },
})
