import { ACTIVITIES, CATEGORIES } from 'backstage-plugin-audit-trail-common';
import { t } from '../__testUtils__/translation';
import { eventChoiceGroups, isTypeChosen } from './eventSelection';
import { categoryOf, learnActivities, typeLabel } from './knownActivities';
import { categoryLabel } from './labels';

const CATALOGUE = { items: [...ACTIVITIES], categories: [...CATEGORIES] };

describe('activities that plugins add to the catalogue', () => {
  afterEach(() => learnActivities(CATALOGUE));

  it('stand in the filters beside those of Segment', () => {
    const groups = () => eventChoiceGroups(t, {});
    expect(groups().map(({ value }) => value)).not.toContain('deployments');
    learnActivities({
      items: [
        ...CATALOGUE.items,
        {
          id: 'deployment.rolled-back',
          label: 'Deployment Rolled Back',
          category: 'deployments',
          verb: 'rolled-back',
          harmful: true,
          aliases: [],
        },
      ],
      categories: [
        ...CATALOGUE.categories,
        { id: 'deployments', label: 'Deployments' },
      ],
    });
    expect(groups()).toContainEqual({
      value: 'deployments',
      label: 'Deployments',
      count: undefined,
      choices: [
        {
          value: 'deployment.rolled-back',
          label: 'Deployment Rolled Back',
          count: undefined,
        },
      ],
    });
    expect(categoryLabel(t, 'deployments')).toBe('Deployments');
    expect(typeLabel('deployment.rolled-back')).toBe('Deployment Rolled Back');
    expect(categoryOf('deployment.rolled-back')).toBe('deployments');
    expect(
      isTypeChosen({ categories: ['deployments'] }, 'deployment.rolled-back'),
    ).toBe(true);
  });

  it('do not make the catalogue disappear if there is no answer', () => {
    learnActivities({ items: [], categories: [] });
    expect(categoryOf('warehouse.disabled')).toBe('warehouses');
  });
});
