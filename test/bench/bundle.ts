import { join } from 'node:path'
import { build } from 'vite'

/**
 * Bundles the part that runs product code, as electron.vite.config.ts bundles main: the sources embed their migrations
 * by a build step, and drizzle-orm is measured as the product runs it.
 * @returns path of the bundle
 */
export async function bundleInside(outDir: string): Promise<string> {
  await build({
    configFile: false,
    logLevel: 'warn',
    ssr: { noExternal: true, external: ['better-sqlite3', '@napi-rs/keyring'] },
    build: {
      ssr: join(import.meta.dirname, 'inside/main.ts'),
      outDir,
      emptyOutDir: true,
      target: 'node24',
      minify: false,
      rollupOptions: { output: { entryFileNames: 'inside.js' } },
    },
  })
  return join(outDir, 'inside.js')
}
