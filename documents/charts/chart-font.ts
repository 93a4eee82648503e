import { fileURLToPath } from 'node:url';

/** Family name of the type in all charts of documents; the files are the same that the PDF embeds. */
export const FONT = 'Noto Sans SC';

const file = (name: string) =>
  fileURLToPath(import.meta.resolve(`@expo-google-fonts/noto-sans-sc/${name}/NotoSansSC_${name}.ttf`));
export const REGULAR = file('400Regular');
export const BOLD = file('700Bold');
