export const themes = ['auto', 'light', 'dark'] as const;
export type Theme = (typeof themes)[number];

export function chooseTheme(cookie: string | undefined): Theme {
  return cookie === 'light' || cookie === 'dark' ? cookie : 'auto';
}
