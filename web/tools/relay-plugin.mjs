// Replaces each graphql`…` by an import of the artifact that relay-compiler
// made of it. Vite has no Babel, so this stands in for Relay's own plugin.
const tag = /graphql`\s*(?:#[^\n]*\n\s*)*(?:query|mutation|subscription|fragment)\s+(\w+)[^`]*`/g

export default function relay(artifacts) {
  return {
    name: 'relay',
    enforce: 'pre',
    transform(code, id) {
      if (!/\.tsx?$/.test(id) || !code.includes('graphql`')) return
      const names = new Set()
      const body = code.replace(tag, (_, name) => {
        names.add(name)
        return `__relay_${name}`
      })
      const imports = [...names].map((n) => `import __relay_${n} from '${artifacts}/${n}.graphql.ts'`)
      return { code: imports.join(';') + ';' + body, map: null }
    },
  }
}
