import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import adapter from '@sveltejs/adapter-node';
import { sveltekit } from '@sveltejs/kit/vite';
import { defineConfig } from 'vite';

/** The path under which this build is served, '' or like '/hengjian'; every address in a page begins with it. */
const base = (process.env.HENGJIAN_BUILD_BASE ?? '') as '' | `/${string}`;

// Set by build-app.ts, which lets builds appear whole and beside each other.
const outDir = process.env.HENGJIAN_BUILD_KIT ?? '.svelte-kit';

/** The framework fills in no addresses here, unlike in app.html. */
function errorTemplate(): string {
  const file = join(outDir, 'error.html');
  mkdirSync(outDir, { recursive: true });
  writeFileSync(file, readFileSync('src/error.html', 'utf8').replaceAll('%hengjian.base%', base));
  return file;
}

export default defineConfig({
  plugins: [
    sveltekit({
      adapter: adapter({ out: process.env.HENGJIAN_BUILD_OUT ?? 'build/vite', precompress: true }),
      outDir,
      files: { errorTemplate: errorTemplate() },
      compilerOptions: { runes: true },
      // The page /forbidden is shown in place of others, at their addresses: its assets must be found from anywhere.
      paths: { relative: false, base },
      csp: {
        // By content, not by a nonce: answers are kept, and a nonce that is sent twice protects nobody.
        mode: 'hash',
        directives: {
          'default-src': ['none'],
          'script-src': ['self'],
          'style-src': ['self'],
          // The one style attribute that SvelteKit itself writes: its announcer of page changes for screen readers.
          'style-src-attr': ['unsafe-hashes', 'sha256-S8qMpvofolR8Mpjy4kQvEm7m1q8clzU4dfDH0AmvZjo='],
          'img-src': ['self', 'data:'],
          'font-src': ['self'],
          'connect-src': ['self'],
          'manifest-src': ['self'],
          'form-action': ['self'],
          'base-uri': ['none'],
          'frame-ancestors': ['none'],
        },
      },
    }),
  ],
  build: { target: 'es2023' },
  // On the server the rooms stay as they are: some read files that lie beside them.
  environments: { ssr: { build: { rolldownOptions: { external: /^@hengjian\// } } } },
});
