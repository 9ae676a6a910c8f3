import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

// `#core/...` is resolved by the "imports" of the root package.json, as everywhere in this repository.
export default defineConfig({
  base: '/app/',
  plugins: [react()],
  // The service worker is known to browsers by its address, so there is no hash in it.
  worker: { format: 'iife', rolldownOptions: { output: { entryFileNames: nameOfWorker } } },
  build: {
    outDir: 'dist',
    // Which file needs which: what a page weighs is read from it.
    manifest: true,
    // The content security policy has no `font-src data:`: nothing is inlined into the style sheets.
    assetsInlineLimit: 0,
    // Before compression; what counts is 250 kB of compressed JavaScript for the first page. The chart comes after it.
    chunkSizeWarningLimit: 1000,
    rolldownOptions: {
      output: {
        // What every page needs comes in one file, not in forty that pages happen to share.
        codeSplitting: { groups: [{ name: 'shell', tags: ['$initial'] }] },
      },
    },
  },
})

function nameOfWorker({ name }: { readonly name: string }): string {
  return name === 'service-worker' ? 'sw.js' : 'assets/[name]-[hash].js'
}
