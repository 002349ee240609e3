/** The sources that several intakes tell of, so that one may repeat another. */
export function sourcesOfSeveral(
  intakes: { id: string; source: string }[],
): string[] {
  const sources = new Set(intakes.map(({ source }) => source));
  return [...sources].filter(
    source =>
      new Set(intakes.filter(one => one.source === source).map(({ id }) => id))
        .size > 1,
  );
}
