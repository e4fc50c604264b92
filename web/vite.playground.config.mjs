import { fileURLToPath } from 'node:url'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

const here = (path) => fileURLToPath(new URL(path, import.meta.url))

// graphiql's style sheet carries fonts as data: URLs, 325 KB of gzip. The
// playground uses fonts of the system instead.
const noFonts = {
  name: 'no-inline-fonts',
  enforce: 'pre',
  transform(code, id) {
    if (id.includes('graphiql') && id.split('?')[0].endsWith('.css')) return { code: code.replace(/@font-face\s*\{[^}]*url\(["']?data:[^}]*\}/g, ''), map: null }
  },
}

export default defineConfig({
  root: here('playground'),
  base: '/playground/',
  plugins: [noFonts, react()],
  build: {
    outDir: here('dist/playground'),
    emptyOutDir: true,
    target: 'es2022',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    chunkSizeWarningLimit: 4000,
    rollupOptions: { onwarn: (w, warn) => w.code !== 'MODULE_LEVEL_DIRECTIVE' && warn(w) },
  },
  worker: { format: 'es' },
})
