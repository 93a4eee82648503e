import adapter from '@sveltejs/adapter-node';
import { sveltekit } from '@sveltejs/kit/vite';
import { defineConfig } from 'vite';

export default defineConfig({
  plugins: [
    sveltekit({
      // Set by build-app.ts, which lets builds appear whole and beside each other.
      adapter: adapter({ out: process.env.HENGJIAN_BUILD_OUT ?? 'build/vite', precompress: true }),
      outDir: process.env.HENGJIAN_BUILD_KIT ?? '.svelte-kit',
      compilerOptions: { runes: true },
      // The page /forbidden is shown in place of others, at their addresses: its assets must be found from anywhere.
      paths: { relative: false },
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
});
