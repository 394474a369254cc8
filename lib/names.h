/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Names of what the family has numbers for. */
#ifndef PGHOT_LIB_NAMES_H
#define PGHOT_LIB_NAMES_H

#include <stdint.h>
#include <stddef.h>

#include "family.h"

/**
 * struct pghot_source_name - a source as users call it
 * @id: enum pghot_source_id
 * @letter: one letter for narrow columns
 * @name: name that the kernel knows it by
 * @aliases: other names, NULL at the end
 * @help: one line
 */
struct pghot_source_name {
	uint32_t id;
	char letter;
	const char *name;
	const char *aliases[3];
	const char *help;
};

/**
 * pghot_source_name_at() - the sources that this version knows
 * @i: index from 0
 *
 * Return: description, NULL behind the last.
 */
const struct pghot_source_name *pghot_source_name_at(unsigned int i);

/**
 * pghot_source_by_id() - describe a source
 * @id: enum pghot_source_id
 *
 * Return: description, NULL when not known.
 */
const struct pghot_source_name *pghot_source_by_id(uint32_t id);

/**
 * pghot_source_by_name() - look a source up by its name or an alias
 * @name: exact name
 *
 * Return: description, NULL when not known.
 */
const struct pghot_source_name *pghot_source_by_name(const char *name);

/**
 * pghot_sources_letters() - a mask of sources as letters, "-" where clear: "h--m"
 * @buf: buffer of at least 9 bytes
 * @size: its bytes
 * @mask: 1 << enum pghot_source_id
 *
 * Return: @buf.
 */
char *pghot_sources_letters(char *buf, size_t size, uint32_t mask);

/**
 * pghot_page_flag_name() - name of a page flag
 * @bit: number of the bit, from 0
 *
 * Return: name, NULL behind the last.
 */
const char *pghot_page_flag_name(unsigned int bit);

/**
 * pghot_page_type() - what kind of page it is, in a word
 * @flags: enum pghot_page_flag
 *
 * Return: "anon", "thp" (large anonymous), "file", "shmem", "ksm", "hugetlb" or
 * "other".
 */
const char *pghot_page_type(uint32_t flags);

/**
 * pghot_page_type_at() - every word that pghot_page_type() may say
 * @i: index from 0
 *
 * Return: word, NULL behind the last.
 */
const char *pghot_page_type_at(unsigned int i);

/**
 * pghot_fail_reason_name() - why pages were not promoted
 * @reason: enum pghot_fail_reason
 *
 * Return: YNL name, NULL when not known.
 */
const char *pghot_fail_reason_name(unsigned int reason);

/**
 * pghot_fail_reason_help() - the same as a phrase
 * @reason: enum pghot_fail_reason
 *
 * Return: phrase, NULL when not known.
 */
const char *pghot_fail_reason_help(unsigned int reason);

/**
 * pghot_entry_state_name() - name of a state of a record
 * @bit: number of the bit, from 0
 *
 * Return: name, NULL behind the last.
 */
const char *pghot_entry_state_name(unsigned int bit);

/**
 * pghot_reset_what_name() - name of what can be reset
 * @bit: number of the bit, from 0
 *
 * Return: name, NULL behind the last.
 */
const char *pghot_reset_what_name(unsigned int bit);

/**
 * pghot_promotion_kind_name() - name of a kind of promotion event
 * @kind: enum pghot_promotion_kind
 *
 * Return: name, NULL when not known.
 */
const char *pghot_promotion_kind_name(unsigned int kind);

/**
 * pghot_queue_place_name() - name of a place on the way to promotion
 * @place: enum pghot_queue_place
 *
 * Return: name, NULL when not known.
 */
const char *pghot_queue_place_name(unsigned int place);

/**
 * pghot_exchange_name() - name of a verdict on the exchange of a full node
 * @exchange: enum pghot_exchange
 *
 * Return: name, NULL when not known.
 */
const char *pghot_exchange_name(unsigned int exchange);

#endif /* PGHOT_LIB_NAMES_H */
