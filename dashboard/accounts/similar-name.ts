/**
 * Names that people read as the same. Letters are brought to one form (NFKC: full-width, ligatures), case is folded, and
 * letters of other scripts and digits that look like Latin letters stand for them. A simple rule, after the idea of
 * Unicode TR 39: it need not know every pair, only those that somebody could type.
 */
const LOOKALIKES: Record<string, string> = {
  ...pairs('аеорсухіјѕһкмтвнԁԛԝ', 'aeopcyxijshkmtbhdqw'),
  ...pairs('αενιορκυχτηβμ', 'aevioрkyxtnbu'.replace('р', 'p')),
  ...pairs('01|ıⅼℓ', 'ollill'),
};

function pairs(from: string, to: string): Record<string, string> {
  const latin = [...to];
  return Object.fromEntries([...from].map((letter, index) => [letter, latin[index]!]));
}

/** Two names are confusable where these are equal. */
export function skeletonOf(name: string): string {
  const folded = name.normalize('NFKC').toLowerCase().normalize('NFKD').replace(/\p{M}/gu, '');
  return [...folded]
    .map((letter) => LOOKALIKES[letter] ?? letter)
    .join('')
    .replaceAll('i', 'l')
    .replaceAll('rn', 'm');
}
