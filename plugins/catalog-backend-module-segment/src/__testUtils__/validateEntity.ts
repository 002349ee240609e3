import {
  EntityPolicies,
  FieldFormatEntityPolicy,
  NoForeignRootFieldsEntityPolicy,
  resourceEntityV1alpha1Validator,
  SchemaValidEntityPolicy,
  type Entity,
} from '@backstage/catalog-model';

const policy = EntityPolicies.allOf([
  new SchemaValidEntityPolicy(),
  new NoForeignRootFieldsEntityPolicy(),
  new FieldFormatEntityPolicy(),
]);

/** Fails if the catalog would not take an entity. */
export async function validateEntity(entity: Entity): Promise<void> {
  await policy.enforce(entity);
  expect(await resourceEntityV1alpha1Validator.check(entity)).toBe(true);
}
