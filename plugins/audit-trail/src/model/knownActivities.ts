import {
  ACTIVITIES,
  CATEGORIES,
  resolveActivity,
  type ActivitiesResponse,
} from 'backstage-plugin-audit-trail-common';

type Known = Pick<ActivitiesResponse, 'items' | 'categories'>;

interface Lookup extends Known {
  categoryByType: Map<string, string>;
  labelByType: Map<string, string>;
  labelByCategory: Map<string, string>;
}

const lookupOf = ({ items, categories }: Known): Lookup => ({
  items,
  categories,
  categoryByType: new Map(items.map(({ id, category }) => [id, category])),
  labelByType: new Map(items.map(({ id, label }) => [id, label])),
  labelByCategory: new Map(categories.map(({ id, label }) => [id, label])),
});

/** The catalogue, until the backend has said what plugins add to it. */
let known = lookupOf({ items: [...ACTIVITIES], categories: [...CATEGORIES] });

/** Takes note of what activities there are, for the whole app. */
export function learnActivities({ items, categories }: Known): void {
  if (items.length > 0) {
    known = lookupOf({ items, categories });
  }
}

/** All activities and areas that are known. */
export function knownActivities(): Known {
  return known;
}

/** Area of an activity by its id. */
export function categoryOf(type: string): string {
  return known.categoryByType.get(type) ?? resolveActivity(type).category;
}

/** An activity's name by its id, the same in all languages. */
export function typeLabel(type: string): string {
  return known.labelByType.get(type) ?? type;
}

/** An area's name by its id, if it is known. */
export function knownCategoryLabel(category: string): string | undefined {
  return known.labelByCategory.get(category);
}
