/*
 * slowness - how many times longer things may take under a sanitizer.
 */
#ifndef SUPPORT_SLOWNESS_H
#define SUPPORT_SLOWNESS_H

#if defined __SANITIZE_ADDRESS__
#define SLOWNESS 5
#elif defined __has_feature
#if __has_feature(address_sanitizer)
#define SLOWNESS 5
#endif
#endif
#ifndef SLOWNESS
#define SLOWNESS 1
#endif

#endif
