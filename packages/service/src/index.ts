export * from './admin/audit.ts';
export * from './admin/credentials.ts';
export * from './events.ts';
export * from './issuers.ts';
export * from './registry/documents.ts';
export * from './registry/registry.ts';
export * from './rejections.ts';
