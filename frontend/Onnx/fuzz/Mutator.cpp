// Mutates ONNX files as the trees of protobuf fields that they are. libFuzzer's own mutations of
// bytes break the length of a message nearly always, so that all they reach is the first check of
// the reader; here lengths follow what they hold, names and operators move between nodes, and whole
// nodes, tensors and graphs are copied, dropped and taken over from other files.
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <optional>
#include <random>
#include <string>
#include <utility>
#include <vector>

extern "C" size_t LLVMFuzzerMutate(uint8_t *data, size_t size, size_t maximum);

namespace {

constexpr int deepest = 12;

// A field: its key (number and wire type) and its value, which is a number, bytes or more fields.
struct Field {
  enum Wire { Number = 0, Fixed64 = 1, Delimited = 2, Fixed32 = 5 };
  uint64_t key = 0;
  uint64_t number = 0;
  std::string bytes;
  std::vector<Field> fields;
  bool isMessage = false;

  Wire wire() const { return static_cast<Wire>(key & 7); }
};
using Fields = std::vector<Field>;

class Parser {
public:
  Parser(const char *at, const char *end) : at(at), end(end) {}

  // Nothing where the bytes are not fields to their end.
  std::optional<Fields> fields(int depth) {
    Fields fields;
    while (at != end) {
      std::optional<Field> field = this->field(depth);
      if (!field)
        return std::nullopt;
      fields.push_back(std::move(*field));
    }
    return fields;
  }

private:
  std::optional<uint64_t> varint() {
    uint64_t value = 0;
    for (int shift = 0; at != end && shift < 64; shift += 7) {
      uint8_t byte = *at++;
      value |= static_cast<uint64_t>(byte & 127) << shift;
      if (byte < 128)
        return value;
    }
    return std::nullopt;
  }

  bool fixed(size_t size, uint64_t &value) {
    if (static_cast<size_t>(end - at) < size)
      return false;
    std::memcpy(&value, at, size);
    at += size;
    return true;
  }

  std::optional<Field> field(int depth) {
    Field field;
    std::optional<uint64_t> key = varint();
    // ONNX's highest number of a field in use is below 100, but for model functions' 25.
    if (!key || *key >> 3 == 0 || *key >> 3 > 100)
      return std::nullopt;
    field.key = *key;
    if (field.wire() == Field::Number) {
      std::optional<uint64_t> number = varint();
      if (!number)
        return std::nullopt;
      field.number = *number;
    } else if (field.wire() == Field::Fixed64 || field.wire() == Field::Fixed32) {
      if (!fixed(field.wire() == Field::Fixed64 ? 8 : 4, field.number))
        return std::nullopt;
    } else if (field.wire() == Field::Delimited) {
      std::optional<uint64_t> size = varint();
      if (!size || *size > static_cast<uint64_t>(end - at))
        return std::nullopt;
      const char *begin = std::exchange(at, at + *size);
      std::optional<Fields> inner;
      if (*size && depth < deepest)
        inner = Parser(begin, at).fields(depth + 1);
      field.isMessage = inner.has_value();
      if (inner)
        field.fields = std::move(*inner);
      else
        field.bytes.assign(begin, at);
    } else {
      return std::nullopt;
    }
    return field;
  }

  const char *at, *end;
};

void writeVarint(uint64_t value, std::string &out) {
  for (; value >= 128; value >>= 7)
    out += static_cast<char>(value | 128);
  out += static_cast<char>(value);
}

void write(const Fields &fields, std::string &out) {
  for (const Field &field : fields) {
    writeVarint(field.key, out);
    if (field.wire() == Field::Number) {
      writeVarint(field.number, out);
    } else if (field.wire() == Field::Delimited) {
      std::string inner = field.bytes;
      if (field.isMessage)
        write(field.fields, inner);
      writeVarint(inner.size(), out);
      out += inner;
    } else {
      out.append(reinterpret_cast<const char *>(&field.number),
                 field.wire() == Field::Fixed64 ? 8 : 4);
    }
  }
}

// A field and the message that it stands in.
struct Place {
  Fields *message;
  size_t index;
  uint64_t path; // the keys on the way to it: fields of equal paths mean the same thing

  Field &field() const { return (*message)[index]; }
};

void collect(Fields &fields, uint64_t path, std::vector<Place> &places) {
  for (size_t i = 0; i < fields.size(); ++i) {
    // Subgraphs hold the same fields as graphs: the path is the message's and the field's key, no
    // longer.
    uint64_t own = (path & 0xffff) << 16 | (fields[i].key & 0xffff);
    places.push_back({&fields, i, own});
    if (fields[i].isMessage)
      collect(fields[i].fields, own, places);
  }
}

class Mutation {
public:
  explicit Mutation(unsigned seed) : random(seed) {}

  size_t below(size_t bound) { return random() % bound; }

  // Changes one place; `others` are the places of the file, or of another one, from which it may
  // take.
  void apply(const std::vector<Place> &places, const std::vector<Place> &others) {
    const Place &place = places[below(places.size())];
    switch (below(8)) {
    case 0:
      place.message->erase(place.message->begin() + place.index);
      return;
    case 1: {
      Field copy = place.field();
      place.message->insert(place.message->begin() + below(place.message->size() + 1),
                            std::move(copy));
      return;
    }
    case 2:
      std::swap(place.field(), (*place.message)[below(place.message->size())]);
      return;
    case 3:
    case 4:
    case 5:
      if (takeLike(place, others))
        return;
      [[fallthrough]];
    default:
      change(place.field());
    }
  }

private:
  // A field of the same meaning from elsewhere: another node's operator, another value's name.
  bool takeLike(const Place &place, const std::vector<Place> &others) {
    std::vector<const Place *> like;
    for (const Place &other : others)
      if (other.path == place.path)
        like.push_back(&other);
    if (like.empty())
      return false;
    Field taken = like[below(like.size())]->field();
    place.field() = std::move(taken);
    return true;
  }

  void change(Field &field) {
    static const uint64_t special[] = {0,     1,          2,          3,          7,          16,
                                       64,    255,        65536,      1ull << 31, 1ull << 40, ~0ull,
                                       ~1ull, 1ull << 63, 0x7fc00000, 0x7f800000, 0x3f800000};
    if (field.wire() != Field::Delimited) {
      if (below(2))
        field.number = special[below(std::size(special))];
      else
        field.number += below(9) - 4;
    } else if (!field.isMessage) {
      size_t room = field.bytes.size() + 16;
      std::string bytes = field.bytes;
      bytes.resize(room);
      bytes.resize(
          LLVMFuzzerMutate(reinterpret_cast<uint8_t *>(bytes.data()), field.bytes.size(), room));
      field.bytes = std::move(bytes);
    } else if (!field.fields.empty()) {
      change(field.fields[below(field.fields.size())]);
    }
  }

  std::minstd_rand random;
};

size_t store(const Fields &file, uint8_t *data, size_t maximum) {
  std::string bytes;
  write(file, bytes);
  if (bytes.size() > maximum)
    return 0;
  std::memcpy(data, bytes.data(), bytes.size());
  return bytes.size();
}

std::optional<Fields> parse(const uint8_t *data, size_t size) {
  const char *begin = reinterpret_cast<const char *>(data);
  return Parser(begin, begin + size).fields(0);
}

} // namespace

extern "C" size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t maximum,
                                          unsigned seed) {
  Mutation mutation(seed);
  std::optional<Fields> file = parse(data, size);
  // Files that are no messages are the reader's business too.
  if (!file || file->empty() || mutation.below(20) == 0)
    return LLVMFuzzerMutate(data, size, maximum);
  for (size_t left = 1 + mutation.below(4); left && !file->empty(); --left) {
    std::vector<Place> places;
    collect(*file, 0, places);
    mutation.apply(places, places);
  }
  if (size_t stored = store(*file, data, maximum))
    return stored;
  return LLVMFuzzerMutate(data, size, maximum);
}

extern "C" size_t LLVMFuzzerCustomCrossOver(const uint8_t *first, size_t firstSize,
                                            const uint8_t *second, size_t secondSize, uint8_t *out,
                                            size_t maximum, unsigned seed) {
  std::optional<Fields> file = parse(first, firstSize), other = parse(second, secondSize);
  if (!file || !other || file->empty() || other->empty())
    return 0;
  Mutation mutation(seed);
  std::vector<Place> places, others;
  collect(*file, 0, places);
  collect(*other, 0, others);
  mutation.apply(places, others);
  return store(*file, out, maximum);
}
